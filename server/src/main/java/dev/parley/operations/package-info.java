/** What whoever runs the server looks at: health and metrics. */
@NullMarked
package dev.parley.operations;

import org.jspecify.annotations.NullMarked;
