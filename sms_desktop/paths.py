"""Where everything of one profile lies on disk; makes folders and nothing else."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.system.atomic_file import replace_file

_APP: Final = "sms-desktop"


class FolderUnusable(SmsDesktopError):
    """A folder of the profile cannot be made or written."""

    sentence = "The folder for the program's data cannot be used."


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of a profile, and the files in them.

    ``basedir`` is ``None`` for the ordinary profile of this user.
    """

    config: Path
    data: Path
    logs: Path
    basedir: Path | None = None

    @property
    def database(self) -> Path:
        """The encrypted messages."""
        return self.data / "messages.db"

    @property
    def backups(self) -> Path:
        """The folder of backups, encrypted as the messages are."""
        return self.data / "backups"

    @property
    def control_file(self) -> Path:
        """How a second start reaches the first."""
        return self.data / "control.json"

    @property
    def known_hosts_file(self) -> Path:
        """The keys of SSH servers that the person has accepted."""
        return self.data / "known_hosts"

    @property
    def lock_file(self) -> Path:
        """Held by the one process that has the profile open."""
        return self.data / "profile.lock"

    @property
    def vault_file(self) -> Path:
        """Secrets under a passphrase, where there is no keyring."""
        return self.data / "secrets.json"

    @property
    def settings_file(self) -> Path:
        """What the person chose; made to be read and edited by people."""
        return self.config / "settings.toml"

    @property
    def state_file(self) -> Path:
        """What the windows remember by themselves: sizes, the open conversation."""
        return self.data / "state.json"

    @property
    def log_file(self) -> Path:
        """The newest log; older ones carry ``.1``, ``.2``… behind the name."""
        return self.logs / "sms-desktop.log"

    @property
    def tag_file(self) -> Path:
        """Keeps the profile's tag, so that a profile that is moved still finds its secrets."""
        return self.data / "profile.tag"

    def make(self) -> None:
        """Make the folders, for this user alone; raises ``FolderUnusable``."""
        for folder in dict.fromkeys((self.config, self.data, self.logs)):
            _make_private(folder)

    def profile_tag(self) -> str:
        """What tells this profile's secrets from those of others in the same keyring.

        Empty for the ordinary profile. Made from the place of the folder the first time and kept
        in it from then on; the folders must exist. Raises ``FolderUnusable``.
        """
        if self.basedir is None:
            return ""
        try:
            return _kept_tag(self.tag_file, self.basedir)
        except (OSError, UnicodeError) as error:
            raise unusable(self.tag_file, error) from error


def paths_of(basedir: Path | None) -> Paths:
    """The paths of ``--basedir DIR``, or of this user's ordinary profile; touches no disk."""
    if basedir is not None:
        place = Path(os.path.abspath(basedir.expanduser()))  # noqa: PTH100 - links stay as given
        return Paths(place / "config", place / "data", place / "logs", place)
    # Half of the starts name a folder and need no lookup.
    from platformdirs import PlatformDirs

    usual = PlatformDirs(_APP, appauthor=False, roaming=False)
    return Paths(usual.user_config_path, usual.user_data_path, usual.user_log_path)


def unusable(path: Path, error: Exception) -> FolderUnusable:
    """The error of ours that says what is the matter with a file of the profile, and what to do."""
    return FolderUnusable(_sentence(path, error))


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name != "nt" and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise unusable(folder, error) from error


def _kept_tag(file: Path, basedir: Path) -> str:
    if file.exists() and (kept := file.read_text("ascii").strip()):
        return kept
    made = hashlib.sha256(os.fsencode(basedir.resolve())).hexdigest()[:16]
    replace_file(file, made.encode("ascii"))
    return made


def _sentence(path: Path, error: Exception) -> str:
    why = getattr(error, "strerror", None) or "it cannot be read"
    return f"{path} cannot be used: {why}. Choose another folder with --basedir, or mend this one."
