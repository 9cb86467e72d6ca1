// The libraries are linked; this file only gives the target something to compile.
