/**
 * The hidden field of a form without JavaScript that holds the key of its submission. React keeps
 * fields with its prefix from server functions.
 */
export const keyField = '$ACTION_CALL_KEY'
