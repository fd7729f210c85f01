"""How a text gets from the outbox to Kandy, once, and how an uncertain one is settled."""
