"""What can go wrong with a tunnel. What a service itself said is never repeated: it may quote a token."""

from sms_desktop.net.errors import TunnelFailed


class _Of(TunnelFailed):
    """An error about one service, whose name for people stands in its sentence."""

    pattern = "{service}"

    def __init__(self, service: str) -> None:
        super().__init__(self.pattern.format(service=service))


class ServiceUnreachable(_Of):
    """No connection to the tunnel's service."""

    pattern = "{service} cannot be reached. Check your connection to the internet."


class TookTooLong(_Of):
    """The service or its agent gave no address in time."""

    pattern = "{service} gave no public address in time."


class LineLost(_Of):
    """It was up, and is not any more."""

    pattern = "The connection to {service} was lost."


class LeadsNowhere(TunnelFailed):
    """Its agent says that it is up, and what is sent to our own URL does not arrive."""

    sentence = "The tunnel says that it is up, but our own URL does not lead here."


class SecretMissing(_Of):
    """The tunnel needs a token or password, and the vault holds none."""

    pattern = (
        "The token for {service} is missing. Enter it in Settings › Account, under the tunnel."
    )
    needs_person = True


class SecretRefused(_Of):
    """The service does not accept the token or password."""

    pattern = "{service} does not accept the token. Copy it once more from your page at {service}."
    needs_person = True


class LimitReached(_Of):
    """The plan allows no more: other computers or programs use it, or the month is used up."""

    pattern = (
        "{service} refuses one more tunnel: your plan's limit is reached. Another program or computer "
        "may be using it."
    )


class DomainNotYours(_Of):
    """The fixed domain belongs to somebody else, or does not exist."""

    pattern = (
        "{service} does not let your account use this domain. Copy it from your page at {service}."
    )
    needs_person = True


class DomainInUse(_Of):
    """The fixed domain is open already."""

    pattern = (
        "Your domain at {service} is in use already, by another program or another computer, "
        "or for a moment still by the last connection of this one."
    )


class AccountBarred(_Of):
    """The account at the service is suspended or not confirmed."""

    pattern = "{service} does not let your account in. Your page at {service} says why."
    needs_person = True


class SaidNo(TunnelFailed):
    """The service refused with a code of its own."""

    def __init__(self, service: str, code: str = "") -> None:
        super().__init__(f"{service} refused the tunnel" + (f" ({code})." if code else "."))


class NotInstalled(_Of):
    """The program that the tunnel needs is not on this computer."""

    pattern = "{service} is not installed on this computer, or not where programs are looked for."
    needs_person = True


class AgentEnded(TunnelFailed):
    """The program that the tunnel needs has ended by itself."""

    def __init__(self, service: str, exit_code: int | None = None) -> None:
        code = "" if exit_code is None else f" (exit code {exit_code})"
        super().__init__(f"{service} has ended by itself{code}.")


class NotSetUp(TunnelFailed):
    """The program is there, and something has to be done with it first; the message says what."""

    needs_person = True


class HostKeyUnknown(TunnelFailed):
    """Nobody has said yet that this server's key is the right one."""

    needs_person = True

    def __init__(self, where: str, fingerprint: str) -> None:
        super().__init__(
            f"The server {where} is new to this program. Its key has the fingerprint {fingerprint}. "
            "Press Check in Settings › Account to compare and accept it."
        )


class HostKeyChanged(TunnelFailed):
    """The server shows another key than the one that was accepted."""

    needs_person = True

    def __init__(self, where: str, fingerprint: str) -> None:
        super().__init__(
            f"DANGER: the server {where} shows another key than before ({fingerprint}). Somebody may "
            "be in between, so nothing was sent. If the server was set up anew, ask who runs it, then "
            "use “Forget this server's key” in Settings › Account."
        )


class LogInRefused(TunnelFailed):
    """The SSH server knows none of our keys, and not the password."""

    needs_person = True

    def __init__(self, who: str) -> None:
        super().__init__(
            f"The server does not let {who} in: it accepted neither a key of yours nor the password."
        )


class KeyUnusable(TunnelFailed):
    """The file with the SSH key cannot be read."""

    sentence = (
        "The file with your SSH key cannot be used: it is missing, is no key, or its passphrase is "
        "another one."
    )
    needs_person = True


class ForwardRefused(TunnelFailed):
    """The SSH server does not listen for us."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"The server did not open its port {port} for us: it is taken there, or the server does "
            "not allow forwarding (AllowTcpForwarding)."
        )
