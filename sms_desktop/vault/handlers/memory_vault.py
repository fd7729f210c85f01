"""Secrets for this run only: nothing reaches the disk."""


class MemoryVault:
    """Forgets everything when the program ends; never chosen unless asked for."""

    name = "memory"

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The value; ``None`` where there is none."""
        return self._values.get(key)

    def set(self, key: str, value: str) -> None:
        """Keep a value until the program ends."""
        self._values[key] = value

    def delete(self, key: str) -> None:
        """Forget a value."""
        self._values.pop(key, None)
