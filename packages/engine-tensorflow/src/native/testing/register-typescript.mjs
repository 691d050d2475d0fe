// Lets a child process of a test run the workspace's TypeScript on every Node.js version:
// node --conditions=@pare/source --import <this file> <script>
import { register } from 'node:module';

register('../../../../../tools/config/typescript-loader.mjs', import.meta.url);
