"""The Docker engine of this folder's tests."""

import pytest
from muster_testkit.docker_engine import DockerEngine, NoDocker, find_engine


@pytest.fixture(scope="session")
def docker_engine(request: pytest.FixtureRequest) -> DockerEngine:
    """A Docker engine; what needs it is skipped where there is none, with the reason."""
    reporter = request.config.pluginmanager.getplugin("terminalreporter")
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def tell(line: str) -> None:  # past pytest's capture: an engine's first start takes minutes
        if reporter is not None and capture is not None:
            with capture.global_and_fixture_disabled():
                reporter.ensure_newline()
                reporter.write_line(line)

    try:
        return find_engine(tell)
    except NoDocker as error:
        pytest.skip(str(error))
