"""The cards of own numbers in their order, which mouse and keyboard can change."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sms_desktop.domain.account import NumberKey
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.number_card import NumberCard


class CardColumn(QWidget):
    """Cards stay the same widgets while their numbers stay, so that focus and drags survive news."""

    made = Signal(NumberCard)
    moved = Signal(NumberCard)
    """A card has another place, for the moment; it shall be seen."""
    ordered = Signal(object)
    """The person wants this order: a tuple of ``NumberKey``."""

    def __init__(self, theme: Theme, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._moments = moments
        self._cards: dict[NumberKey, NumberCard] = {}
        self._last_inbound: Mapping[NumberKey, int] = {}
        self._before: list[NumberKey] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    @property
    def cards(self) -> list[NumberCard]:
        """From above."""
        return list(self._cards.values())

    def show_states(
        self, states: Sequence[NumberState], last_inbound: Mapping[NumberKey, int]
    ) -> None:
        """Show these numbers in this order; a drag under way keeps its own until it ends."""
        self._last_inbound = last_inbound
        wanted = {state.number.key: state for state in states}
        for key in self._cards.keys() - wanted.keys():
            self._drop(self._cards.pop(key))
        for key, state in wanted.items():
            if key not in self._cards:
                self._cards[key] = self._new_card(state)
        if self._before is None:
            self._arrange(list(wanted))
        for key, state in wanted.items():
            self._tell(key, state)

    def start_over(self) -> None:
        """Make every card anew: sizes and colours are other ones."""
        states = [card.state for card in self.cards]
        for card in self.cards:
            self._drop(card)
        self._cards, self._before = {}, None
        self.show_states(states, self._last_inbound)

    def _new_card(self, state: NumberState) -> NumberCard:
        card = NumberCard(self._theme, state, self._moments, self)
        key = state.number.key
        card.step_wanted.connect(lambda by: self._step(key, by))
        card.dragged.connect(lambda y: self._drag(key, y))
        card.dropped.connect(self._end_drag)
        self.made.emit(card)
        return card

    def _drop(self, card: NumberCard) -> None:
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _tell(self, key: NumberKey, state: NumberState) -> None:
        order = list(self._cards)
        last = self._last_inbound.get(key, 0)
        self._cards[key].show_state(state, last, order.index(key) + 1, len(order))

    def _step(self, key: NumberKey, by: int) -> None:
        order = list(self._cards)
        to = order.index(key) + by
        if 0 <= to < len(order):
            self._put(key, to)
            self.ordered.emit(tuple(self._cards))

    def _drag(self, key: NumberKey, y_on_screen: int) -> None:
        if self._before is None:
            self._before = list(self._cards)
        y = self.mapFromGlobal(QPoint(0, y_on_screen)).y()
        others = [card for one, card in self._cards.items() if one != key]
        to = sum(1 for card in others if card.geometry().center().y() < y)
        if to != list(self._cards).index(key):
            self._put(key, to)

    def _end_drag(self, keep: bool) -> None:
        before, self._before = self._before, None
        if before is None:
            return
        if not keep:
            self._arrange([key for key in before if key in self._cards])
        elif before != list(self._cards):
            self.ordered.emit(tuple(self._cards))

    def _put(self, key: NumberKey, to: int) -> None:
        order = [one for one in self._cards if one != key]
        order.insert(to, key)
        self._arrange(order)
        for one, card in self._cards.items():
            self._tell(one, card.state)
        self._column.activate()
        self.moved.emit(self._cards[key])

    def _arrange(self, order: list[NumberKey]) -> None:
        self._cards = {key: self._cards[key] for key in order}
        for place, card in enumerate(self.cards):
            if self._column.indexOf(card) != place:
                self._column.removeWidget(card)
                self._column.insertWidget(place, card)
        stops = [w for c in self.cards for w in (c, c.subscribe_button, c.edit_button)]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
