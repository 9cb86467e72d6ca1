#!/bin/bash
# Kills `downlink sync` at random moments; each time the library must open and hold the old posts
# or the new ones, and the next sync must end at the new ones.
#
# usage: kill-sync.sh PROGRAM [COUNT] [SEED]
set -eu
program=$(realpath "$1")
count=${2:-200}
RANDOM=${3:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
export XDG_CONFIG_HOME=$work/config DOWNLINK_HOME=$work/home SWIFT_BACKTRACE=enable=no
mkdir -p "$work/home/Content" "$work/home/Assets" "$work/home/Sources/Demos"
touch "$work/home/Sources/Demos/Catalogue.swift"

# Two versions of a blog: some posts differ, some are in one only, some are the same.
posts() {
  local version=$1 number
  mkdir -p "$work/$version"
  for number in $(seq 1 60); do
    [ $((number % 5)) -ne "$version" ] || continue
    {
      printf -- '---\ntitle: 第 %d 篇\ndate: 2026-01-11\ncategory: 试验\n---\n\n' "$number"
      for _ in $(seq 1 40); do
        [ $((number % 2)) -eq 0 ] && echo "版本 $version：扩散模型 \$\\epsilon_\\theta(x_t)\$。" \
          || echo "不变的一段：梯度下降。"
        echo
      done
    } > "$work/$version/post-$number.md"
  done
}

# Everything that the library says.
state() {
  "$program" check > "$work/check.txt" 2>&1 || true
  if grep -Eq 'damaged|malformed|as it was synced|does not match' "$work/check.txt"; then
    cat "$work/check.txt" >&2
    exit 1
  fi
  "$program" list --json
  "$program" search --json '版本'
  "$program" search --json '梯度 下降'
}

posts 1
posts 2
library=$XDG_DATA_HOME/downlink/library.sqlite
# One name for both versions, so that both are the same source.
use() { rm -rf "$work/blog" && cp -r "$work/$1" "$work/blog"; }
use 1
"$program" sync "$work/blog" > /dev/null
state > "$work/old.txt"
cp "$library" "$work/old.sqlite"
use 2
started=$(date +%s%N)
"$program" sync "$work/blog" > /dev/null
duration=$((($(date +%s%N) - started) / 1000))
state > "$work/new.txt"

killed=0 old=0 new=0 journals=0
for round in $(seq 1 "$count"); do
  rm -f "$library"*
  cp "$work/old.sqlite" "$library"
  "$program" sync "$work/blog" > /dev/null 2>&1 &
  child=$!
  sleep "$(printf '0.%06d' $(((RANDOM * 32768 + RANDOM) % duration)))"
  kill -KILL $child 2> /dev/null && killed=$((killed + 1))
  wait $child 2> /dev/null || true
  [ -s "$library-journal" ] && journals=$((journals + 1))
  state > "$work/left.txt"
  if cmp -s "$work/left.txt" "$work/old.txt"; then old=$((old + 1))
  elif cmp -s "$work/left.txt" "$work/new.txt"; then new=$((new + 1))
  else
    echo "round $round: neither the old nor the new library"
    diff "$work/left.txt" "$work/new.txt" | head
    exit 1
  fi
  "$program" sync "$work/blog" > /dev/null
  state | cmp - "$work/new.txt" || { echo "round $round: the next sync ends elsewhere"; exit 1; }
done
echo "$count syncs, $killed killed, $journals with a journal to play back: $old old, $new new, 0 mixed"
