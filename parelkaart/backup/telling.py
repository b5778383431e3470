from __future__ import annotations

from parelkaart.backup.manifest import Manifest

KEY_UNKNOWN = (
    "Let op: deze site heeft een andere SECRET_KEY dan waar de back-up is gemaakt. Daarmee zijn "
    "de geheimen van authenticator-apps versleuteld. Zet de oude sleutel in SECRET_KEY_FALLBACKS, "
    "of laat iedereen met zo’n app de tweede stap opnieuw instellen."
)


def summary(manifest: Manifest) -> str:
    size = sum(file.size for file in manifest.media.values())
    files = "1 bestand" if len(manifest.media) == 1 else f"{len(manifest.media)} bestanden"
    return (
        f"{manifest.rows} rijen in {len(manifest.tables)} tabellen en {files} "
        f"({size / 1_000_000:.1f} MB), versie {manifest.version}, "
        f"{manifest.database}, {manifest.made_at}"
    )
