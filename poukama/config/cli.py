"""The door of the command line: `poukama`, with the commands of the rooms."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol

from poukama.centres import commands as centres
from poukama.doors import commands as doors
from poukama.guide import commands as guide
from poukama.operations import commands as operations
from poukama.operations import vault
from poukama.operations.kept import kept_address, kept_keys
from poukama.samples import commands as samples
from poukama.signin import commands as signin
from poukama.staff import commands as staff

# Of a value that somebody pasted by mistake, its beginning is enough.
_LONGEST = 400


class Command(Protocol):
    """A command's module. The parser it adds sets `run`: it takes the arguments, gives back the exit status."""

    def add_to(self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]", /) -> None: ...


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and exits with 2."""

    def error(self, message: str) -> NoReturn:
        line = " ".join(message.split())
        self.exit(2, f"poukama: {line if len(line) <= _LONGEST else line[:_LONGEST] + ' ...'}\n")


COMMANDS: tuple[Command, ...] = (doors, operations, vault, staff, signin, centres, guide, samples)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that the words name, those of the command line if none are given; its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poukama.config.settings")
    if "POUKAMA_DATABASE_URL" not in os.environ and (address := kept_address()):
        os.environ.update(kept_keys() | {"POUKAMA_DATABASE_URL": address})
    about = "Runs a sexual assault support centre."
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a letter shows a question mark, and the answer goes on.
        sys.stdout.reconfigure(errors="replace")
    parser: argparse.ArgumentParser = Parser(prog="poukama", description=about, allow_abbrev=False)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_to(commands)
    arguments = parser.parse_args(words)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has read enough.
        _say_no_more()
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as fault:
        _say_no_more()
        parser.error(f"{fault.filename or 'the answer'}: {fault.strerror}")
    return status


def _say_no_more() -> None:
    """Let nothing be written on the way out either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
