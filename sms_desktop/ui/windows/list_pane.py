"""The left side: New message, the chips, the conversations, or why there are none."""


