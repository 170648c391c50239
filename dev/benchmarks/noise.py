"""The same job twice: how far this machine's ratios can be trusted."""


def run(bench):
    def job():
        bench.env["res.partner"].create([{"name": f"P {n}"} for n in range(300)])

    yield bench.compare("300 contacts", job, "the same", job, rounds=5, at_most=1.2)
