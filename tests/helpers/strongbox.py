"""A `Safe` whose vault opens as the test wants; its key is kept, so that no window reminds of it."""

from sms_desktop.domain.errors import SmsDesktopError

RECOVERY_KEY = "\n".join(("ABCD EFGH JKMN PQRS", "TVWX YZ01 2345 6789") * 2)


class Strongbox:
    def __init__(self) -> None:
        self.is_scripted = False
        self.vault_name = "keyring"
        self.is_key_kept = True
        self.passphrase = ""
        self.trouble: SmsDesktopError | None = None

    @property
    def outlives_the_run(self) -> bool:
        return self.vault_name != "memory"

    def keep_in_mind(self) -> None:
        self.is_key_kept = True

    async def recovery_key(self) -> str:
        if self.trouble is not None:
            raise self.trouble
        return RECOVERY_KEY

    async def prove(self, passphrase: str) -> None:
        if passphrase != self.passphrase:
            raise SmsDesktopError("That passphrase does not open the file of secrets.")
