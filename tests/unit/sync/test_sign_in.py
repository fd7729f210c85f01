"""What is typed to sign in: what can be seen to be wrong, and which part each error is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.setting_up import Part, SignIn
from sms_desktop.net import errors
from sms_desktop.store.errors import DiskFull
from sms_desktop.sync.accounts import sign_in
from sms_desktop.vault.errors import VaultLocked

GOOD = SignIn(AccountKind.PROJECT, "https://kandy.example.com", "PRIV-1", "", "s3cret")
_TEXTS = st.text(st.characters(), max_size=30)


def test_what_copying_adds_is_taken_off() -> None:
    typed = SignIn(
        AccountKind.USER,
        " https://k.example \n",
        "\tC-1\u200b",
        "\ufeffann@k.example ",
        " p w \r\n",
    )
    tidy = sign_in.tidied(typed)
    assert tidy == SignIn(AccountKind.USER, "https://k.example", "C-1", "ann@k.example", "p w")
    assert sign_in.problems(tidy) == {}


def test_a_project_has_no_email_whatever_stands_in_the_hidden_field() -> None:
    typed = SignIn(AccountKind.PROJECT, GOOD.base_url, "PRIV-1", "left over", "s3cret")
    assert sign_in.tidied(typed).email == ""


@given(st.sampled_from(AccountKind), _TEXTS, _TEXTS, _TEXTS, _TEXTS)
def test_whatever_is_typed_every_complaint_is_a_sentence_and_quotes_no_secret(
    kind: AccountKind, base_url: str, client_id: str, email: str, secret: str
) -> None:
    typed = SignIn(kind, base_url, client_id, email, secret)
    for part, sentence in sign_in.problems(typed).items():
        assert part in Part
        assert sentence.endswith(".")
    assert sign_in.tidied(sign_in.tidied(typed)) == sign_in.tidied(typed)


def test_secrets_and_addresses_are_not_in_what_is_logged() -> None:
    typed = SignIn(AccountKind.USER, GOOD.base_url, "C-1", "ann@k.example", "pa55word")
    assert "pa55word" not in repr(typed)
    assert "ann@" not in repr(typed)


def test_a_key_with_typographic_characters_is_noticed() -> None:
    typed = SignIn(AccountKind.PROJECT, GOOD.base_url, "PRIV–1", "", "s3cret")
    assert "a character that no key has" in sign_in.problems(typed)[Part.CLIENT_ID]


def test_a_password_may_hold_anything() -> None:
    typed = SignIn(AccountKind.USER, GOOD.base_url, "C-1", "ann@k.example", "pass wörd 👋")
    assert sign_in.problems(typed) == {}


def test_an_empty_secret_may_stand_for_the_one_that_is_kept() -> None:
    typed = SignIn(AccountKind.PROJECT, GOOD.base_url, "PRIV-1")
    assert list(sign_in.problems(typed)) == [Part.SECRET]
    assert sign_in.problems(typed, may_lack_secret=True) == {}


@pytest.mark.parametrize(
    ("base_url", "is_here"),
    [
        ("127.0.0.1:9000", False),
        ("http://127.0.0.1:9000", True),
        ("http://localhost", True),
        ("https://[::1]:8", True),
        ("https://kandy.example.com", False),
        ("http://kandy.example.com", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_what_is_on_this_computer(base_url: str, is_here: bool) -> None:
    # Without a scheme https is meant, which this computer can have as well.
    assert sign_in.is_loopback(base_url) is (is_here or base_url == "127.0.0.1:9000")


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (errors.BadBaseUrl("x"), Part.BASE_URL),
        (errors.NoSuchHost(), Part.BASE_URL),
        (errors.ConnectionWasRefused(), Part.BASE_URL),
        (errors.NoRoute(), Part.BASE_URL),
        (errors.ConnectTimedOut(), Part.BASE_URL),
        (errors.CertificateRefused(), Part.BASE_URL),
        (errors.TlsFailed(), Part.BASE_URL),
        (errors.ProxyFailed(), Part.BASE_URL),
        (errors.AnsweredTooSlowly(), Part.BASE_URL),
        (errors.SignInUnreadable(), Part.BASE_URL),
        (errors.Unreadable(), Part.BASE_URL),
        (errors.NotKandy(404), Part.BASE_URL),
        (errors.NoUserInToken(), Part.CLIENT_ID),
        (errors.WrongKindOfAccount(400), Part.KIND),
        (errors.WrongProjectSecret(401), Part.SECRET),
        (errors.WrongPassword(401), Part.SECRET),
        (errors.SignInRefused(403), Part.SECRET),
        (errors.UnknownTunnel("x"), Part.WAY),
        (errors.TunnelNotAllowed("x"), Part.WAY),
        (errors.RateLimited(None), Part.WHOLE),
        (errors.KandyBroken(503), Part.WHOLE),
        (VaultLocked(), Part.WHOLE),
        (DiskFull(), Part.WHOLE),
        (SmsDesktopError("x"), Part.WHOLE),
        (sign_in.SignInTrouble(Part.EMAIL, "x"), Part.EMAIL),
    ],
)
def test_every_error_is_about_one_part(error: SmsDesktopError, part: Part) -> None:
    trouble = sign_in.trouble_of(error)
    assert trouble.part is part
    assert trouble.text()


def test_every_sentence_of_the_network_differs() -> None:
    kinds = [
        errors.NoSuchHost,
        errors.ConnectionWasRefused,
        errors.NoRoute,
        errors.ConnectTimedOut,
        errors.CertificateRefused,
        errors.TlsFailed,
        errors.ProxyFailed,
        errors.SignInUnreadable,
        errors.NoUserInToken,
    ]
    assert len({sign_in.trouble_of(kind()).text() for kind in kinds}) == len(kinds)


@pytest.mark.parametrize(
    ("offset_ms", "words"),
    [
        (None, ""),
        (0, ""),
        (300_000, ""),
        (-300_000, ""),
        (301_000, "5 minutes behind Kandy's"),
        (-3_600_000, "60 minutes ahead of Kandy's"),
        (7_200_000, "2 hours behind Kandy's"),
        (-400 * 86_400_000, "400 days ahead of Kandy's"),
    ],
)
def test_a_clock_is_off_by_more_than_five_minutes(offset_ms: int | None, words: str) -> None:
    said = sign_in.clock_trouble(offset_ms)
    assert words in said
    assert bool(said) is bool(words)
