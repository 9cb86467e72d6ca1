#!/bin/bash
# Runs `downlink sync` on file systems of a few sizes until the disk is full: the old library must
# stay whole, one sentence must say why, and with more space the same sync must succeed.
#
# usage: full-disk.sh PROGRAM     (needs user namespaces, or root)
set -eu
program=$(realpath "$1")
if [ -z "${DOWNLINK_FULL_DISK:-}" ]; then
  unshare -rm true 2> /dev/null || { echo "SKIP: no user namespaces here"; exit 0; }
  DOWNLINK_FULL_DISK=1 exec unshare -rm "$0" "$@"
fi
work=$(mktemp -d)
trap 'umount "$work/disk" 2> /dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/disk"
export XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache XDG_STATE_HOME=$work/state
export XDG_DATA_HOME=$work/disk/data DOWNLINK_HOME=$work/home SWIFT_BACKTRACE=enable=no
mkdir -p "$work/home/Content" "$work/home/Assets" "$work/home/Sources/Demos"
touch "$work/home/Sources/Demos/Catalogue.swift"

post() { printf -- '---\ntitle: %s\ndate: 2026-01-11\ncategory: 试验\n---\n\n' "$1"; }
mkdir "$work/blog"
post old > "$work/blog/old.md"
refused=0
# With little to spare the writing itself fails; with more the sync says first that it will not fit.
for spare in 4 16 32 64 128 512 1500 4000; do
  mount -t tmpfs -o "size=64m,mode=700" tmpfs "$work/disk"
  rm -f "$work/blog"/new-*
  "$program" sync "$work/blog" > /dev/null
  before=$("$program" list --json)
  for number in $(seq 1 20); do
    { post "new $number"; for _ in $(seq 1 400); do echo "第 $number 段：$RANDOM 扩散模型。"; done; } \
      > "$work/blog/new-$number.md"
  done
  used=$(df --output=used -k "$work/disk" | tail -1)
  mount -o "remount,size=$((used + spare))k" "$work/disk"
  if ! "$program" sync "$work/blog" > /dev/null 2> "$work/message"; then
    refused=$((refused + 1))
    [ "$(wc -l < "$work/message")" -eq 1 ] || { cat "$work/message"; exit 1; }
    [ "$("$program" list --json)" = "$before" ] || { echo "$spare KiB: the old library changed"; exit 1; }
    mount -o remount,size=64m "$work/disk"
    "$program" sync "$work/blog" > /dev/null
  fi
  [ "$("$program" list --json | grep -o '"slug"' | wc -l)" -eq 21 ] || { echo "$spare KiB: posts are missing"; exit 1; }
  echo "$spare KiB to spare: $(cut -c1-140 "$work/message")"
  : > "$work/message"
  umount "$work/disk"
done
echo "8 disks, $refused too full: 0 changed libraries"
