"""What the windows need from the rest of the program, as Protocols that the composition root fills."""

from sms_desktop.domain.phone_line import Person, PhoneMessage
from sms_desktop.ui.ports.account_commands import AccountCommands
from sms_desktop.ui.ports.batch_commands import BatchCommands
from sms_desktop.ui.ports.commands import Commands
from sms_desktop.ui.ports.number_commands import NumberCommands
from sms_desktop.ui.ports.phone_line import PhoneLine
from sms_desktop.ui.ports.reader import ConversationFilter, Reader
from sms_desktop.ui.ports.schedule_commands import ScheduleCommands
from sms_desktop.ui.ports.search_commands import SearchCommands
from sms_desktop.ui.ports.thread_commands import ThreadCommands
from sms_desktop.ui.ports.tunnel_commands import TunnelCommands

__all__ = [
    "AccountCommands",
    "BatchCommands",
    "Commands",
    "ConversationFilter",
    "NumberCommands",
    "Person",
    "PhoneLine",
    "PhoneMessage",
    "Reader",
    "ScheduleCommands",
    "SearchCommands",
    "ThreadCommands",
    "TunnelCommands",
]
