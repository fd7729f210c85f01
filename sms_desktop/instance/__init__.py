"""One window per profile: a second start finds the first one, and hands over to it."""
