"""The published lines of the mixed load."""

from bench.workload import Result, Row

MOST_MS = 1_000
PRODUCT = ("devices", "attendance", "projector", "reporting", "directory", "appraisal", "feedback", "edge")
STANDING = ("mongod", "kafka")


def rows(result: Result) -> list[Row]:
    """What was sent, what it was answered with, when it was shown, and what it cost."""
    rate, load, probes = result["rate"], result["load"], result["probes"]
    sent = ", ".join(f"{kind} {one['count'] / result['seconds']:,.0f}" for kind, one in load.items() if kind != "punch")
    out = [
        Row(
            f"the city of {result['people']:,} people, {result['past_days']} days behind it",
            f"requests a second: {sent}, the rest punches ({result['punches_each']:.0f} of each person)",
        ),
        Row(
            f"events on the topics, {result['seconds']:.0f} s",
            f"{result['events_per_second']:,.0f}/s",
            f"{rate:,}/s",
            result["events_per_second"] >= 0.99 * rate,
        ),
    ]
    refused = {kind: one["refused"] for kind, one in load.items() if one["refused"]}
    refused |= {"probes": probes["refused"]} if probes["refused"] else {}
    told = ", ".join(f"{kind} {count:,.0f}" for kind, count in refused.items())
    out.append(Row("refused, or sent again", told or "0", "0", not refused))
    punches = result["punches"]
    whole = punches["sent"] == punches["on_the_topic"]
    told = f"{punches['sent']:,} sent, {punches['on_the_topic']:,} on the topic"
    out.append(Row("punches, warm-up and probes among them", told, "all", whole))
    out += [Row(f"answered: {kind}", _times(one)) for kind, one in load.items()]
    for source, views in probes["shown"].items():
        for view, one in views.items():
            measured = _times(one) + (f", {one['missed']} never" if one["missed"] else "")
            held = one.get("p99_ms", MOST_MS) < MOST_MS and not one["missed"]
            out.append(Row(f"{source} to {view}", measured, f"p99 < {MOST_MS:,} ms", held))
    used = {name: one for name, one in result["processes"].items() if one}
    busiest = sorted(used.items(), key=lambda item: -item[1]["cpu_percent"])
    out.append(Row("share of one core", ", ".join(f"{name} {one['cpu_percent']:.0f} %" for name, one in busiest)))
    memory = ", ".join(
        f"{name} {one['rss_mb_after_warm_up']:.0f} to {one['rss_mb_at_end']:.0f} MB"
        for name, one in used.items()
        if name.startswith(PRODUCT + STANDING)
    )
    return [*out, Row("memory, after the warm-up and at the end", memory)]


def _times(one: Result) -> str:
    if not one["count"]:
        return "none"
    return f"p50 {one['p50_ms']:.0f} ms, p99 {one['p99_ms']:.0f} ms, max {one['max_ms']:.0f} ms of {one['count']:,}"
