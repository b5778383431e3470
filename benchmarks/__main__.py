"""`python -m benchmarks`: all measurements, one after the other; about an hour.

Arguments are names of measurements, for only some of them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MEASUREMENTS = (
    "search_quality", "analyser_speed", "search_engines", "page_ratio", "map_payload",
    "spreadsheets", "lighthouse", "export_memory", "backups", "api_cases",
    "robustness", "crashes",
)  # fmt: skip


def main() -> int:
    present = [name for name in MEASUREMENTS if Path(__file__).with_name(f"{name}.py").exists()]
    wanted = sys.argv[1:] or present
    failed = []
    for name in wanted:
        print(f"\n=== {name} ===", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        if subprocess.run(command, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nFAILED: {', '.join(failed)}")
    return len(failed)


if __name__ == "__main__":
    raise SystemExit(main())
