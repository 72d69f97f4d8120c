"""The `poukama` command: one line of help, one line of error, and the commands of `COMMANDS`."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol

from poukama.operations import centre, route


class Command(Protocol):
    """A command's module. The parser it adds sets `run`: it takes the arguments, gives back the exit status."""

    def add_to(self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]", /) -> None: ...


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and exits with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"poukama: {' '.join(message.split())}\n")


COMMANDS: tuple[Command, ...] = (route, centre)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that the words name, those of the command line if none are given; its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poukama.config.settings")
    about = "Runs a sexual assault support centre."
    parser: argparse.ArgumentParser = Parser(prog="poukama", description=about, allow_abbrev=False)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_to(commands)
    arguments = parser.parse_args(words)
    status: int = arguments.run(arguments)
    return status


if __name__ == "__main__":
    sys.exit(main())
