/** The window that every test begins with, in CSS pixels. */
export const DESK = { width: 1280, height: 800 }
export const PHONE = { width: 360, height: 740 }
