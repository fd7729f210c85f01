"""Runs in the vendor client's own environment: one JSON request a line in, one JSON answer out.

``{"sign_in": {…}}`` first, then ``{"call": "conversation.create_message", "params": {…}}``. What the
client raises is answered as ``{"raised": …}``.
"""

import json
import sys

import cpaassdk


def main():
    client = None
    for line in sys.stdin:
        wanted = json.loads(line)
        try:
            if "sign_in" in wanted:
                client = cpaassdk.Client(wanted["sign_in"])
                answer = {"user_id": client.conversation.api.user_id}
            else:
                part, _, method = wanted["call"].partition(".")
                call = getattr(getattr(client, part), method)
                answer = {"returned": call(wanted["params"])}
        except Exception as problem:  # noqa: BLE001 - whatever the client raises is what is asked for
            answer = {"raised": type(problem).__name__, "saying": str(problem)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
