"""What can go wrong, in words that every door can say."""


class DeskError(Exception):
    """Base of everything an action may raise. `status` is the HTTP status that a door answers with."""

    status = 500
    code = "error"


class Invalid(DeskError):
    """What was given cannot be used; the message says what to do."""

    status, code = 422, "invalid"


class Forbidden(DeskError):
    """This person may not do this; the message says why."""

    status, code = 403, "forbidden"


class NotFound(DeskError):
    """There is no such thing, or not for this person."""

    status, code = 404, "not-found"


class Conflict(DeskError):
    """The row moved on since the caller read it. `current` is its state now."""

    status, code = 409, "conflict"

    def __init__(self, message: str, *, current: dict[str, object]) -> None:
        super().__init__(message)
        self.current = current
