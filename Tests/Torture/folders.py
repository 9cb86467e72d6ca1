"""T21: things in a folder that might stop a reader, or lead it outside."""

import os
import re
import shutil
import socket
import threading

from home import Home, post

# Its title is in no list as long as nothing outside of the folder is read.
SECRET = post(99, 9)


def text(number):
    return lambda path: path.write_text(post(number, 1))


def link(place):
    return lambda path: path.symlink_to(place)


def sparse(path):
    path.touch()
    os.truncate(path, 10 << 30)


def listening(path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def nested(*names):
    """Folders in each other, and a post in the last."""
    def make(path):
        inner = path.joinpath(*names)
        inner.mkdir(parents=True)
        text(2)(inner / "inner.md")
    return make


def rewritten(path):
    """A file whose length and text change while it is read."""
    for number in (2, 3):
        path.write_text(post(number, 1) * number)


def swapped(outside):
    """A folder in whose place there is a link to the outside from time to time."""
    def change(path):
        aside = path.with_name(".aside")
        path.rename(aside)
        path.symlink_to(outside)
        path.unlink()
        aside.rename(path)
    return change


def traps(folder, outside):
    """Names, how to make what has them, and what happens to it while it is read."""
    return [
        ("link.md", link(outside / "secret.md")), ("loop", link(folder)), ("up", link(outside)),
        ("chain.md", lambda path: (folder / ".l").symlink_to(outside / "secret.md")
         or path.symlink_to(".l")),
        ("device.md", link("/dev/zero")), ("dangling.md", link("/nowhere")),
        ("itself.md", link("itself.md")), ("environment.md", link("/proc/self/environ")),
        ("pipe.md", os.mkfifo), ("socket.md", listening), ("huge.md", sparse),
        ("large.md", lambda path: path.write_text(post(2, 1) + "字" * (1 << 20))),
        ("empty.md", lambda path: path.touch()),
        ("folder.md", lambda path: path.mkdir()), ("deep", nested(*"d" * 200)),
        ("long path", nested(*["n" * 250] * 6)), ("n" * 252 + ".md", text(2)),
        ("GOOD.md", text(2)), ("e\u0301.md", text(3)), ("\u00e9.md", text(3)),
        ("-rf.md", text(2)), ("new\nline.md", text(2)), ("es\x1b[31mc\r.md", text(2)),
        ("\u202edm.exe.md", text(2)), (os.fsdecode(b"bad\xff\xfe.md"), text(2)),
        ("rewritten.md", text(2), rewritten), ("swapped", nested(), swapped(outside)),
    ]


def folders(program, count):
    problems = []
    with Home(program) as home, Home(program) as outside:
        (outside.root / "secret.md").write_text(SECRET)
        folder = home.root / "posts"
        folder.mkdir()
        text(1)(folder / "good.md")
        cases = traps(folder, outside.root)[:count]
        for name, make, *change in cases:
            path = folder / name
            make(path)
            before = everything(outside.root)
            result = meanwhile(change, path, lambda: home.run("sync", str(folder), timeout=10))
            if result.returncode not in (0, 2):
                problems.append(f"{name!r}: status {result.returncode}: {result.stderr.strip()}")
            if re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", result.stdout + result.stderr):
                problems.append(f"{name!r}: control characters in what is said")
            listed = home.run("list").stdout
            if "版本9" in listed or "good" not in listed:
                problems.append(f"{name!r}: what is listed is wrong")
            if everything(outside.root) != before:
                problems.append(f"{name!r}: something outside was changed")
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    return len(cases), problems, ""


def meanwhile(change, path, work):
    """What the work gives, while another thread does the change, if there is one, again and again."""
    is_over = threading.Event()

    def again():
        while change and not is_over.is_set():
            change[0](path)
    thread = threading.Thread(target=again)
    thread.start()
    result = work()
    is_over.set()
    thread.join()
    return result


def everything(folder):
    return sorted((str(path), path.lstat().st_mtime_ns) for path in folder.rglob("*"))
