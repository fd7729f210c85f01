"""What a look for numbers came to, as sentences."""

from sms_desktop.domain.setting_up import NumbersRefreshed
from sms_desktop.ui.models.numbers import shown_number


def refresh_words(found: NumbersRefreshed) -> str:
    """What is new, what is gone, what else Kandy knows, and what it did not answer."""
    if not found.asked:
        return "No account is signed in. Sign in again in Settings › Account."
    said = []
    if found.new:
        said.append(f"New: {', '.join(map(shown_number, found.new))}.")
    if found.gone:
        noun = "1 number is" if found.gone == 1 else f"{found.gone} numbers are"
        said.append(f"{noun} no longer assigned to you.")
    if not said and not found.trouble:
        said.append("Nothing has changed: these are the numbers that Kandy assigns to you.")
    if found.others:
        several = len(found.others) > 1
        verb = "appear" if several else "appears"
        yours = "Add those by hand that are yours." if several else "Add it by hand if it is yours."
        listed = ", ".join(map(shown_number, found.others))
        said.append(f"{listed} {verb} at Kandy without being assigned to you. {yours}")
    return " ".join([*said, *([found.trouble] if found.trouble else [])])
