"""Which name a number is shown with; looked up whenever it is read, never copied elsewhere."""

from typing import Final

NAME_OF: Final = (
    "ifnull((SELECT p.shown FROM contact_number k JOIN contact p ON p.id = k.contact_id"
    " WHERE k.number = {number} ORDER BY k.contact_id LIMIT 1), '')"
)
"""An SQL expression; ``number`` is the column with the address. Of several people, the first made."""
