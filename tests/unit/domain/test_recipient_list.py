from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.address import canonical
from sms_desktop.domain.recipient_list import split_recipients

NUMBERS = st.integers(2_000_000_000, 9_999_999_999).map(str)
FORMS = st.sampled_from(
    ["+1{}", "{}", "tel:+1{}", "sip:+1{}@example.com", "sip:{}@example.com", "tel:+1{};ext=5"]
)
SEPARATORS = st.sampled_from([",", ";", "\n", "\r\n", ", ", " ;\n", "\t", ",,", "\n\n"])


@given(st.lists(st.tuples(NUMBERS, FORMS, SEPARATORS), max_size=12))
def test_a_pasted_list_gives_every_number_in_its_order(rows):
    pasted = "".join(form.format(number) + separator for number, form, separator in rows)
    assert [canonical(part) for part in split_recipients(pasted)] == [f"+1{n}" for n, _, _ in rows]


@given(st.text())
def test_whatever_is_pasted_nothing_empty_and_no_separator_comes_out(text):
    for part in split_recipients(text):
        assert part == part.strip() != ""
        assert not set(part) & set(",;\n\r\t")


def test_of_a_mail_address_book_only_the_address_is_taken():
    assert split_recipients('"Maria" <+16131234567>; Jonas <tel:+15205550188>, 72345') == (
        "+16131234567",
        "tel:+15205550188",
        "72345",
    )
