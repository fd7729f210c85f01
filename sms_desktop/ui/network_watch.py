"""Tells when the system says that there is a network again. Says nothing where the system does not."""

from collections.abc import Callable


def watch_network(on_network: Callable[[], None]) -> None:
    """Call ``on_network`` whenever the internet can be reached again, or by another way.

    Qt asks NetworkManager, Windows or macOS; without any of them there is only our own asking.
    """
    # Imported late: not before the first paint.
    from PySide6.QtNetwork import QNetworkInformation

    can_tell = QNetworkInformation.Feature.Reachability
    if not QNetworkInformation.loadBackendByFeatures(can_tell):
        return
    system = QNetworkInformation.instance()
    online = QNetworkInformation.Reachability.Online

    def reachability_changed(now: QNetworkInformation.Reachability) -> None:
        if now == online:
            on_network()

    system.reachabilityChanged.connect(reachability_changed)
    system.transportMediumChanged.connect(lambda _medium: on_network())
