"""Why no conversation is on screen, in words that say what to do."""

from dataclasses import replace
from typing import Final

from sms_desktop.domain.health import Level
from sms_desktop.domain.thread_flags import Folder
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.ports import ConversationFilter, Reader
from sms_desktop.ui.widgets.empty_state import EmptyState

_FOLDERS: Final = (Folder.INBOX, Folder.ARCHIVED, Folder.SNOOZED, Folder.BLOCKED)


def say_emptiness(empty: EmptyState, facts: Facts, reader: Reader) -> None:
    """The first reason that holds: nobody signed in, no conversation yet, none chosen."""
    nobody = facts.accounts_known and not facts.accounts
    hidden = (s.number.key for s in facts.numbers if s.number.is_hidden)
    places = [ConversationFilter(), *(ConversationFilter(*key) for key in hidden)]
    has_some = any(
        reader.conversations(replace(place, folder=folder), None, 1)
        for folder in _FOLDERS
        for place in places
    )
    if (nobody or facts.health.level is Level.NO_ACCOUNT) and not facts.accounts:
        empty.say(
            "No account yet",
            "Sign in to Kandy, and the numbers of your account can text from here.",
            "Set up an account",
        )
    elif not has_some:
        empty.say(
            "No conversations yet",
            "Messages to your numbers appear here by themselves. Or write the first one (Ctrl+N).",
            "New message",
        )
    else:
        empty.say("No conversation is open", "Choose a conversation, or start a new one (Ctrl+N).")
