"""A pytest plugin: a run that skipped a test, or found none, has not passed."""

skipped = []


def pytest_configure():
    """Give Chromium a minute to start: a busy machine is no reason to skip."""
    from odoo.tests import common

    common.CHECK_BROWSER_ITERATIONS = round(60 / common.CHECK_BROWSER_SLEEP)


def pytest_runtest_logreport(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        skipped.append(report.nodeid)


def pytest_collectreport(report):
    if report.skipped:
        skipped.append(report.nodeid)


def pytest_sessionfinish(session):
    if skipped and session.exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    if skipped:
        terminalreporter.section("skipped, so not passed", red=True)
        for name in skipped:
            terminalreporter.line(name)
