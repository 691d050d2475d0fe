import preset from '../../tools/config/jest-preset.mjs';

export default { ...preset, displayName: 'datasets' };
