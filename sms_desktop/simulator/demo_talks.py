"""Small talks that the demo's long threads are made of; ``> `` marks what we sent."""

from typing import Final

Talk = tuple[str, ...]

FILLINGS: Final = {
    "order": ("1042", "1057", "1090", "1101", "1129", "1136", "1168", "1177"),
    "thing": ("oak shelf", "bedside table", "coat rack", "bench", "picture frame", "stool"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "hour": ("9", "10", "11", "2", "3", "4"),
    "service": ("checkout-api", "search", "billing-worker", "edge-proxy", "media-store", "login"),
    "node": ("fra-3", "fra-7", "ams-2", "iad-11", "iad-4"),
    "number": ("2.1", "3.4", "4.8", "6.0", "7.7", "11"),
    "build": ("2107", "2118", "2140", "2166", "2189", "2204"),
}

SHOP_TALKS: Final[tuple[Talk, ...]] = (
    (
        "Hi, it's Maria. Can I still change order {order}?",
        "> Of course. What shall we change?",
        "The {thing} in a darker stain, please",
        "> Done, it costs the same. You'll get a new confirmation.",
        "Thank you!",
    ),
    (
        "> Hi Maria, your {thing} is ready. Does {day} at {hour} suit you?",
        "{day} is fine but rather later",
        "> After 5 then?",
        "Yes 👍",
    ),
    (
        "Quick question: does the {thing} need to be fixed to the wall?",
        "> We recommend it. Two screws are in the bag, and the plugs for brick.",
        "Mine is plasterboard…",
        "> Then I'll put the right plugs in. No charge.",
        "You are the best 😊",
    ),
    (
        "One corner of the {thing} has a scratch 😕",
        "> Sorry to hear that! Could you tell me roughly how long it is?",
        "2 cm maybe, on the left",
        "> We'll send touch-up wax tomorrow. If it still shows, we exchange it.",
        "That's kind, thanks",
    ),
    (
        "> Reminder: delivery of order {order} on {day} at {hour}.",
        "Noted, the bell is broken, please call",
        "> Will do!",
    ),
    (
        "Do you have the {thing} in the shop to look at?",
        "> Yes, until {day}. We open at {hour}.",
        "I'll come by with my sister",
        "> Looking forward to it 🙂",
    ),
)

ALERT_TALKS: Final[tuple[Talk, ...]] = (
    (
        "ALERT {service}: error rate {number} % for 5 minutes",
        "> ack, looking",
        "{node} is out of rotation",
        "> cause was a full disk on {node}, cleaned and back",
        "RESOLVED {service} after 18 minutes",
    ),
    (
        "ALERT {service}: p99 latency {number} s",
        "> ack",
        "> rolling back build {build}",
        "Rollback at 100 %",
        "RESOLVED {service}",
    ),
    (
        "Deploy of {service} build {build} starts at {hour}:00, please watch",
        "> watching",
        "Canary looks clean",
        "> go ahead",
        "Done, all nodes on {build}",
    ),
    (
        "Who takes the pager on {day}?",
        "> I can until {hour}",
        "Thanks, swapped in the calendar",
    ),
    (
        "ALERT certificate of {service} expires in 7 days",
        "> renewed, next in 90 days",
    ),
    (
        "WARN {node}: memory {number} % free",
        "> known, the index is being rebuilt",
        "Ok, muted for 2 hours",
    ),
)
