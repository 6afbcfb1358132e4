/** A software driver for machines without a graphics card, from Debian's package `chromium-common`. */
export const SOFTWARE_DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';
