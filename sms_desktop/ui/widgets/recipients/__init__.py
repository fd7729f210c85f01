"""The field for the people who shall get a message, and the list of those whom it may mean."""
