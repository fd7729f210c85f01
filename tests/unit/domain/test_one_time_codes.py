"""One-time codes in texts as services send them, and numbers that are none."""

import pytest

from sms_desktop.domain.one_time_codes import codes_in

WITH_CODES = {
    "Your code is 418 220. It expires in 10 minutes.": "418220",
    "G-123456 is your Google verification code.": "123456",
    "123-456 ist dein WhatsApp-Code": "123456",
    "Ihr Bestätigungscode lautet: 9021. Gültig bis 23.11.2026 14:30": "9021",
    "【银行】验证码：883120，5分钟内有效": "883120",
    "Ваш код подтверждения: 55010": "55010",
    "<#> 4821 is your OTP for a payment of $250.00": "4821",
    "Votre code de sécurité est 77812. Ne le partagez pas.": "77812",
    "인증번호 [401233] 입력하세요": "401233",
    "PIN: 0042": "0042",
}
WITHOUT = [
    "Order 418220 left the workshop",
    "See you at 1430, room 4021",
    "The code review is on 2026-11-23",
    "zip code 94105",
    "Enter the code at the door, the price is €1200",
    "Call 613 123 4567 for your code",
    "Code? 12.34.5678",
    "",
]


@pytest.mark.parametrize("text", WITH_CODES, ids=range(len(WITH_CODES)))
def test_a_code_is_found_as_it_has_to_be_typed(text: str) -> None:
    (code,) = codes_in(text)
    assert code.digits == WITH_CODES[text]
    assert text[code.start : code.end][-1].isdigit()


@pytest.mark.parametrize("text", WITHOUT, ids=range(len(WITHOUT)))
def test_other_numbers_are_no_codes(text: str) -> None:
    assert codes_in(text) == ()
