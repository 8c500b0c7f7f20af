"""What the protocol answers when a question can't be answered."""


class OaiError(Exception):
    """`code` is the protocol's own word for it, such as "badArgument"."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
