"""The windows: what is put together from the widgets, and what a person does in them."""
