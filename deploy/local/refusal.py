"""What the launcher says when it cannot go on: a sentence for whoever sits there, not a stack trace."""


class CannotContinue(Exception):
    """Raised with a whole sentence that says what is wrong and what to do about it."""
