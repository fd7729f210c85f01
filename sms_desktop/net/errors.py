"""Everything that can go wrong between this computer and the network.

``may_have_left`` decides whether a text may be sent twice: it is true where Kandy may have got the
request although no usable answer came. ``str()`` of an error is fit for a log line; what Kandy
itself said may name numbers, and is only in ``text()``.
"""

from sms_desktop.domain.errors import Slip, SmsDesktopError


class NetError(SmsDesktopError):
    """A request failed; ``may_have_left`` says whether Kandy may have got it all the same."""

    sentence = "The network gave trouble."
    may_have_left: bool = False


class Unreachable(NetError):
    """The request cannot have left: there was no connection to send it over."""

    sentence = "Kandy's server cannot be reached. Check your connection to the internet."


class NoSuchHost(Unreachable):
    """The name of the server could not be looked up."""

    sentence = (
        "The name of Kandy's server could not be looked up. Check the account's base URL "
        "and your connection to the internet."
    )


class ConnectionWasRefused(Unreachable):
    """The host is there; nothing listens on the port."""

    sentence = "The server refused the connection: nothing answers at the account's base URL."


class NoRoute(Unreachable):
    """This computer has no way to the server."""

    sentence = "This computer has no way to Kandy's server. Is it connected to the internet?"


class ConnectTimedOut(Unreachable):
    """No connection within the time allowed."""

    sentence = "Kandy's server did not take the connection in time."


class CertificateRefused(Unreachable):
    """The server's TLS certificate is not one that this computer trusts for that name."""

    sentence = (
        "The server's certificate is not trusted by this computer, so nothing was sent. Check the "
        "base URL, the date of this computer, and whether a company proxy needs its own certificate."
    )


class TlsFailed(Unreachable):
    """The encrypted connection could not be set up."""

    sentence = "No encrypted connection to the server could be set up, so nothing was sent."


class ProxyFailed(Unreachable):
    """The proxy of this computer's settings did not connect us."""

    sentence = "The proxy in this computer's settings did not let the connection through."


class TooBusy(Unreachable):
    """Every connection was taken for too long."""

    sentence = "Too many requests to Kandy are waiting for an answer."


class NoAnswer(NetError):
    """The request left, wholly or in part, and no complete answer came."""

    sentence = "Kandy did not answer, so it is not known whether the request arrived."
    may_have_left = True


class AnsweredTooSlowly(NoAnswer):
    """The request left and the time allowed for an answer is over."""

    sentence = "Kandy did not answer in time, so it is not known whether the request arrived."


class Unreadable(NetError):
    """An answer came that is not in Kandy's language."""

    sentence = "The server's answer could not be understood. Is the base URL really a Kandy server?"
    may_have_left = True


class SignInUnreadable(NetError):
    """The sign-in was answered with something that is no token."""

    sentence = (
        "The server answered the sign-in with something that is no Kandy token. "
        "Is the base URL really a Kandy server?"
    )


class NoUserInToken(SignInUnreadable):
    """Kandy let us in, and its token does not say who we are."""

    sentence = (
        "Kandy accepted the sign-in, but its token names no user (preferred_username is missing), so "
        "no message could be sent. Is SMS part of this project or account?"
    )


class _Said(NetError):
    """An error answer: status, Kandy's code, and Kandy's words, which only ``text()`` shows."""

    def __init__(self, http_status: int, code: str | None = None, reason: str = "") -> None:
        super().__init__(f"HTTP {http_status}" + (f" {code}" if code else ""))
        self.http_status = http_status
        self.code = code
        self.reason = reason

    def text(self) -> str:
        """The sentence for the person, with Kandy's own words where it gave some."""
        return f"{self.sentence} {self.reason}".strip()


class Refused(_Said):
    """Kandy said no (4xx), so nothing was done."""

    sentence = "Kandy refused the request."

    @property
    def is_duplicate(self) -> bool:
        """Whether something that is there already stood in the way (409, Kandy's ``SVC0005``)."""
        return self.http_status == 409 or self.code == "SVC0005"

    def text(self) -> str:
        """Kandy's reason, else the bare fact."""
        return f"Kandy refused: {self.reason}" if self.reason else f"{self.sentence} ({self})"


class NotAssigned(Refused):
    """403: the number is not, or no longer, one of this account's."""

    sentence = "This number is not assigned to your Kandy account."

    def text(self) -> str:
        """The fact, and Kandy's words."""
        return f"{self.sentence} Kandy says: {self.reason}" if self.reason else self.sentence


class SignInRefused(_Said):
    """Kandy does not accept what the account signs in with."""

    sentence = "Kandy does not accept the sign-in."


class WrongProjectSecret(SignInRefused):
    """Project key or secret are wrong."""

    sentence = "Kandy does not accept this project key and secret."


class WrongPassword(SignInRefused):
    """E-mail or password of a user are wrong."""

    sentence = "Kandy does not accept this e-mail address and password."


class WrongKindOfAccount(SignInRefused):
    """The client id belongs to the other way of signing in."""

    sentence = (
        "This client ID does not allow that way of signing in. A project signs in with its private "
        "project key and secret; a user with the account's client ID, an e-mail address and a password."
    )


class NotKandy(SignInRefused):
    """There is a server at the base URL, but it does not know Kandy's sign-in."""

    sentence = "There is a server at this base URL, but it is not a Kandy server."


class RateLimited(NetError):
    """429: nothing was done; ask again after ``retry_after_s`` seconds (``None``: Kandy did not say)."""

    sentence = "Kandy asks to slow down."

    def __init__(self, retry_after_s: float | None = None) -> None:
        super().__init__(self.sentence)
        self.retry_after_s = retry_after_s


class KandyBroken(_Said):
    """5xx, or a status that says nothing sure: the request arrived, and may have been carried out."""

    sentence = "Kandy's server has trouble of its own."
    may_have_left = True

    def __init__(
        self,
        http_status: int,
        code: str | None = None,
        reason: str = "",
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(http_status, code, reason)
        self.retry_after_s = retry_after_s

    def text(self) -> str:
        """The fact with its status, and Kandy's words."""
        return f"{self.sentence} ({self}) {self.reason}".strip()


class BadBaseUrl(NetError, Slip):
    """The address of the account cannot be used; the message says why."""


class NotKept(NetError):
    """Raised by a listener's handler: the notification is not safe on disk, so do not say 200."""

    sentence = "A notification could not be stored."


class NotForUs(NetError):
    """Raised by a listener's handler: the call is not one of Kandy's, so say what strangers hear."""

    sentence = "Somebody else called the address that is for Kandy's notifications."


class ListenerFailed(NetError):
    """This computer gave no port to listen on."""

    sentence = "No port on this computer could be opened for Kandy's notifications."

    def __init__(self, port: int = 0) -> None:
        super().__init__(
            f"Port {port} of this computer, which is set for Kandy's notifications, is taken by another "
            "program or not allowed. Choose another in Settings › Connection."
            if port
            else ""
        )


class ChannelDied(NetError):
    """The websocket channel is dead; open a new one and catch up."""

    sentence = "The websocket channel to Kandy was lost."


class ChannelRefused(NetError):
    """Kandy did not open the websocket."""

    sentence = "Kandy did not open the websocket channel."

    def __init__(self, http_status: int) -> None:
        super().__init__(f"{self.sentence} (HTTP {http_status})")
        self.http_status = http_status


class NobodyThere(NetError):
    """No running program answers for this folder; nothing was asked of anyone."""

    sentence = "The program is not running on this folder."


class NotAnswering(NobodyThere):
    """Somebody took the call and said nothing: a program that hangs, or was stopped.

    It was asked nothing, so it does nothing later on.
    """

    sentence = "The program that is open on this folder does not answer."


class ControlFailed(NetError):
    """The running program got the command and could not carry it out; the message says why."""

    sentence = "The running program could not do it."


class ControlSlip(ControlFailed, Slip):
    """What the command asks for cannot have been meant; the message says why."""


class ControlUnanswered(NetError):
    """The running program got the command and has not answered: it may have carried it out."""

    sentence = (
        "The running program did not answer, so it is not known whether it did what was asked."
    )
    may_have_left = True


class UnknownTunnel(NetError, Slip):
    """The account names a way in that this program does not know."""


class TunnelNotAllowed(NetError, Slip):
    """That way in cannot work, or is not safe, with this base URL."""


class ListenerMoved(NetError):
    """The listener has another port, so that what leads to the old one must lead elsewhere."""

    sentence = "The port for notifications is another one now; the way in is being opened again."


class TunnelFailed(NetError):
    """The tunnel could not be opened, or was lost; ``needs_person``: no trying again mends it."""

    sentence = "The tunnel could not be opened."
    needs_person: bool = False
