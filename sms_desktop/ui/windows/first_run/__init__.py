"""The first run: three steps from an account at Kandy to numbers that receive, one module a step."""
