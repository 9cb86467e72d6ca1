// Makes the system library cmark importable from Swift.
#pragma once
#include <cmark.h>
