"""Run as a program in an installation: so many midwives at Satama, signed in; prints their sessions as JSON."""

import json
import sys

import django


def main(members: int) -> list[str]:
    """Take them in, and give back the key of each one's session."""
    from django.test import Client  # noqa: PLC0415

    from tests.people import make_centre, make_member, sign_in  # noqa: PLC0415

    centre = make_centre("satama")
    sessions = []
    for number in range(members):
        browser = sign_in(Client(), make_member(centre=centre, login=f"midwife-{number}"))
        sessions.append(browser.cookies["sessionid"].value)
    return sessions


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))))
