/** The field's id, by which the shortcut finds it. */
export const SEARCH_FIELD_ID = 'search-messages'
