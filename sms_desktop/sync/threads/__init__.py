"""What a person does with whole conversations, and what Kandy is told of it."""
