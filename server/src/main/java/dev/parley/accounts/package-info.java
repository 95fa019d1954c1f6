/** Who signs in: accounts, sessions, keys, invitations, and what they may. */
@NullMarked
package dev.parley.accounts;

import org.jspecify.annotations.NullMarked;
