"""T05 and T27: full disks, and what a run touches."""

import os
import pathlib
import re
import shutil
import subprocess

from home import Home, dump, post

# Everything inside a user namespace of its own: a small disk, a sync that does not fit, the old
# library still there, some space, and the sync again.
FULL = """
set -e
mount -t tmpfs -o size=$2,nr_inodes=$3,mode=700 tmpfs "$XDG_DATA_HOME"
mkdir -m 700 "$XDG_DATA_HOME/downlink"
cp "$4"/library.sqlite "$XDG_DATA_HOME/downlink/"
dd if=/dev/zero of="$XDG_DATA_HOME/filler" bs=4k count=$5 2>/dev/null || true
if "$1" sync; then echo "fits"; else echo "refused $?"; fi
"$1" list >/dev/null || echo "the old posts cannot be read"
cp "$XDG_DATA_HOME/downlink/library.sqlite" "$4/between"
rm "$XDG_DATA_HOME/filler"
"$1" sync >/dev/null || echo "it fails with space again"
cp "$XDG_DATA_HOME/downlink/library.sqlite" "$4/result"
"""


def full_disks(program, count):
    if shutil.which("unshare") is None or subprocess.run(
            ["unshare", "-rm", "true"], capture_output=True).returncode != 0:
        return 0, [], "SKIP: no user namespaces"
    problems, refused = [], 0
    with Home(program) as home:
        (files, old), (_, new) = home.both_versions()
        kept = home.root / "kept"
        kept.mkdir()
        (kept / "library.sqlite").write_bytes(files["library.sqlite"])
        for round in range(count):
            size = 1 << 20 + round % 7
            fill = 20_000 if round % 3 == 0 else (size - len(files["library.sqlite"])) // 4096 - round
            inodes = 6 if round % 4 == 3 else 64
            result = subprocess.run(
                ["unshare", "-rm", "sh", "-c", FULL, "sh", home.program, str(size), str(inodes),
                 str(kept), str(max(1, fill))],
                env=home.environment, capture_output=True, text=True, timeout=30)
            case = f"{size >> 20} MiB, {inodes} inodes, {fill} blocks filled"
            if result.returncode != 0:
                problems.append(f"{case}: {result.stderr.strip()[:200]}")
                continue
            refused += "refused" in result.stdout
            if dump(kept / "between") != (old if "refused" in result.stdout else new):
                problems.append(f"{case}: it is neither the old nor the new")
            if "refused" in result.stdout and "downlink: " not in result.stderr:
                problems.append(f"{case}: it does not say why")
            problems += [f"{case}: {line}" for line in result.stdout.splitlines() if " cannot " in line
                         or line.startswith("it fails")]
            if dump(kept / "result") != new:
                problems.append(f"{case}: the second sync did not make it new")
    return count, problems, f"{refused} refused, all whole"


def isolation(program, count):
    """Watches whole runs: no network, no program but git, no write outside of our folders."""
    if shutil.which("strace") is None:
        return 0, [], "SKIP: no strace"
    problems, seen = [], 0
    with Home(program) as home:
        home.both_versions()
        repository = home.root / "blog"
        git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(repository)]
        repository.mkdir()
        (repository / "from-git.md").write_text(post(50, 1))
        for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
            subprocess.run(git + arguments, check=True, env=home.environment)
        log = home.root / "log"
        # In a namespace whose only interface is its own loopback.
        alone = ["unshare", "-rn", "sh", "-c", 'ip link set lo up; exec "$@"', "sh"]
        if subprocess.run([*alone, "true"], capture_output=True).returncode != 0:
            alone = []
        commands = (
            ["sync"], ["sync", f"file://{repository}"], ["search", "扩散"], ["list"],
            ["read", "p5"], ["check"], ["stats"],
            ["bundle", "-o", str(home.data / "out.bundle")])[:count]
        for command in commands:
            result = home.run(*command, timeout=60, prefix=[
                *alone, "strace", "-qq", "-f", "-s", "4096", "-o", str(log), "-e",
                "trace=connect,socket,execve,openat,unlink,rename"])
            if result.returncode != 0:
                problems.append(f"{command[0]}: status {result.returncode}: {result.stderr.strip()}")
            allowed = [str(home.root / "data"), str(home.root / "state"), str(home.root / "cache"),
                       "/dev/null", "/dev/tty"]
            for line in log.read_text(errors="replace").splitlines():
                seen += 1
                if "AF_INET" in line and "127.0.0.1" not in line and "connect(" in line:
                    problems.append(f"{command[0]}: {line[:160]}")
                if "execve(" in line and " = 0" in line:
                    name = pathlib.Path(re.search(r'execve\("([^"]*)"', line).group(1)).name
                    # For a path git starts its other half through a shell, quoted by itself.
                    is_git = name.startswith("git") or name == "sh" and "git-upload-pack" in line
                    if name not in ("downlink", "prlimit") and not is_git:
                        problems.append(f"{command[0]} ran {name}")
                wrote = re.search(r'openat\([^"]*"(/[^"]*)", [^)]*O_(?:WRONLY|RDWR|CREAT)', line)
                if wrote and not any(wrote.group(1).startswith(path) for path in allowed):
                    problems.append(f"{command[0]} opened {wrote.group(1)} for writing")
    return len(commands), sorted(set(problems)), f"{seen} system calls watched"
