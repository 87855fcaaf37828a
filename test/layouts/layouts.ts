/** An app as its framework's own starter makes it, cut down to what `wsrv init` can disturb. */
export interface Layout {
  readonly name: string
  /** Folder of the app, where it is a part of a workspace. */
  readonly folder?: string
  readonly files: Readonly<Record<string, string>>
  /** The app's own build and tests, as a shell runs them in its folder. */
  readonly checks: readonly string[]
  /** The package manager that installs it. */
  readonly manager: 'npm' | 'pnpm'
  /** What checks its types without its own tools: what the gate runs. */
  readonly projects: readonly string[]
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

const STRICT = { strict: true, skipLibCheck: true, target: 'ES2023' }

const VITE: Layout = {
  name: 'Vite React',
  manager: 'npm',
  checks: ['npm run build', 'npm test'],
  projects: ['tsconfig.app.json', 'server/tsconfig.json'],
  files: {
    'package.json': json({
      ...{ name: 'web', private: true, version: '0.0.0', type: 'module' },
      scripts: { dev: 'vite', build: 'tsc -b && vite build', test: 'vitest run' },
      dependencies: { react: '^19.2.0', 'react-dom': '^19.2.0' },
      devDependencies: {
        ...{ '@types/react': '^19.2.0', '@types/react-dom': '^19.2.0', '@vitejs/plugin-react': '^5.1.0' },
        ...{ typescript: '~5.9.3', vite: '^7.2.0', vitest: '^4.0.0', '@types/node': '^24.0.0' },
      },
    }),
    'index.html': '<div id="root"></div><script type="module" src="/src/main.tsx"></script>\n',
    'tsconfig.json': json({
      files: [],
      references: [{ path: './tsconfig.app.json' }, { path: './tsconfig.node.json' }],
    }),
    'tsconfig.app.json': json({
      compilerOptions: {
        ...{ tsBuildInfoFile: './node_modules/.tmp/tsconfig.app.tsbuildinfo', target: 'ES2022', module: 'ESNext' },
        ...{ useDefineForClassFields: true, lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [], skipLibCheck: true },
        ...{ moduleResolution: 'bundler', allowImportingTsExtensions: true, verbatimModuleSyntax: true },
        ...{ moduleDetection: 'force', noEmit: true, jsx: 'react-jsx', strict: true, noUnusedLocals: true },
        ...{ noUnusedParameters: true, erasableSyntaxOnly: true, noFallthroughCasesInSwitch: true },
      },
      include: ['src'],
    }),
    'tsconfig.node.json': json({
      compilerOptions: { ...STRICT, module: 'ESNext', moduleResolution: 'bundler', types: ['node'], noEmit: true },
      include: ['vite.config.ts'],
    }),
    'vite.config.ts':
      "import react from '@vitejs/plugin-react'\nimport { defineConfig } from 'vite'\nexport default defineConfig({ plugins: [react()] })\n",
    'src/main.tsx':
      "import { createRoot } from 'react-dom/client'\nimport { App } from './App.tsx'\nconst root = document.getElementById('root')\nif (root) createRoot(root).render(<App />)\n",
    'src/App.tsx': 'export function App() {\n  return <h1>Hello</h1>\n}\n',
    'src/sum.ts': 'export const sum = (a: number, b: number): number => a + b\n',
    'src/sum.test.ts':
      "import { expect, it } from 'vitest'\nimport { sum } from './sum.ts'\nit('adds', () => expect(sum(1, 2)).toBe(3))\n",
  },
}

const NEXT: Layout = {
  name: 'Next',
  manager: 'npm',
  checks: ['npm run build'],
  projects: ['tsconfig.json'],
  files: {
    'package.json': json({
      ...{ name: 'site', version: '0.1.0', private: true },
      scripts: { dev: 'next dev', build: 'next build', start: 'next start' },
      dependencies: { next: '^16.0.0', react: '^19.2.0', 'react-dom': '^19.2.0' },
      devDependencies: { '@types/node': '^20', '@types/react': '^19', '@types/react-dom': '^19', typescript: '^5' },
    }),
    'tsconfig.json': json({
      compilerOptions: {
        ...{ target: 'ES2017', lib: ['dom', 'dom.iterable', 'esnext'], allowJs: true, skipLibCheck: true },
        ...{ strict: true, noEmit: true, esModuleInterop: true, module: 'esnext', moduleResolution: 'bundler' },
        ...{ resolveJsonModule: true, isolatedModules: true, jsx: 'react-jsx', incremental: true },
        ...{ plugins: [{ name: 'next' }], paths: { '@/*': ['./src/*'] } },
      },
      include: ['next-env.d.ts', '**/*.ts', '**/*.tsx', '.next/types/**/*.ts'],
      exclude: ['node_modules'],
    }),
    'src/app/layout.tsx':
      'import type { ReactNode } from \'react\'\nexport default function Layout({ children }: { children: ReactNode }) {\n  return <html lang="en"><body>{children}</body></html>\n}\n',
    'src/app/page.tsx': 'export default function Page() {\n  return <h1>Hello</h1>\n}\n',
  },
}

const EXPRESS: Layout = {
  name: 'Express TS',
  manager: 'npm',
  checks: ['npm run build', 'test -f dist/app.js', 'npm test'],
  projects: ['tsconfig.json'],
  files: {
    'package.json': json({
      ...{ name: 'api', private: true, type: 'module' },
      scripts: { build: 'tsc', start: 'node dist/app.js', test: 'node --test dist/app.test.js' },
      dependencies: { express: '^5.1.0' },
      devDependencies: { '@types/express': '^5.0.0', '@types/node': '^20.19.0', typescript: '^5.9.0' },
    }),
    'tsconfig.json': json({
      compilerOptions: { ...STRICT, module: 'NodeNext', types: ['node'], outDir: 'dist', esModuleInterop: true },
    }),
    'src/app.ts':
      "import express, { type Express } from 'express'\nexport function createApp(): Express {\n  const app = express()\n  app.get('/health', (_request, response) => void response.json({ isWell: true }))\n  return app\n}\n",
    'src/app.test.ts':
      "import assert from 'node:assert/strict'\nimport { it } from 'node:test'\nimport { createApp } from './app.js'\nit('has an app', () => assert.equal(typeof createApp, 'function'))\n",
  },
}

const NEST: Layout = {
  name: 'Nest-like',
  manager: 'npm',
  checks: ['npm run build', 'test -f dist/main.js', 'npm test'],
  projects: ['tsconfig.json'],
  files: {
    'package.json': json({
      ...{ name: 'nest', private: true, version: '0.0.1' },
      scripts: { build: 'tsc -p tsconfig.build.json', start: 'node dist/main', test: 'node dist/main.js --check' },
      dependencies: {
        ...{ '@nestjs/common': '^11.0.0', '@nestjs/core': '^11.0.0', '@nestjs/platform-express': '^11.0.0' },
        ...{ 'reflect-metadata': '^0.2.2', rxjs: '^7.8.1' },
      },
      devDependencies: { '@types/node': '^22.10.7', typescript: '^5.7.3' },
    }),
    'tsconfig.json': json({
      compilerOptions: {
        ...{ module: 'nodenext', moduleResolution: 'nodenext', resolvePackageJsonExports: true, esModuleInterop: true },
        ...{ isolatedModules: true, declaration: true, removeComments: true, emitDecoratorMetadata: true },
        ...{ experimentalDecorators: true, allowSyntheticDefaultImports: true, target: 'ES2023', sourceMap: true },
        ...{ outDir: './dist', skipLibCheck: true, strictNullChecks: true, noImplicitAny: false },
        ...{ forceConsistentCasingInFileNames: true, strictBindCallApply: false },
      },
    }),
    'tsconfig.build.json': json({
      extends: './tsconfig.json',
      exclude: ['node_modules', 'test', 'dist', '**/*spec.ts'],
    }),
    'src/main.ts': `import 'reflect-metadata'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'

@Module({})
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule, { logger: false })
  await app.listen(process.argv.includes('--check') ? 0 : 3000)
  if (process.argv.includes('--check')) await app.close()
}
void bootstrap()
`,
  },
}

const JAVASCRIPT: Layout = {
  name: 'JavaScript only',
  manager: 'npm',
  checks: ['npm run build', 'npm test'],
  projects: ['src/wsrv/tsconfig.json'],
  files: {
    'package.json': json({
      ...{ name: 'plain', private: true, type: 'module' },
      scripts: { build: 'node --check app.js', test: 'node --test app.test.js' },
    }),
    'app.js': "import { createServer } from 'node:http'\nexport const app = createServer()\n",
    'app.test.js':
      "import assert from 'node:assert/strict'\nimport { it } from 'node:test'\nimport { app } from './app.js'\nit('is an app', () => assert.ok(app))\n",
  },
}

const COMMONJS: Layout = {
  name: 'commonjs',
  manager: 'npm',
  checks: ['npm run build', 'test -f dist/app.js', 'npm test'],
  projects: ['tsconfig.json'],
  files: {
    'package.json': json({
      ...{ name: 'old', private: true, main: 'dist/app.js' },
      scripts: { build: 'tsc', test: 'node -e "require(\'./dist/app.js\').answer === 42 || process.exit(1)"' },
      devDependencies: { '@types/node': '^20.19.0', typescript: '^5.9.0' },
    }),
    'tsconfig.json': json({
      compilerOptions: {
        ...STRICT,
        module: 'commonjs',
        moduleResolution: 'node10',
        types: ['node'],
        rootDir: 'src',
        outDir: 'dist',
      },
      include: ['src'],
    }),
    'src/app.ts': 'export const answer = 42\n',
  },
}

const WORKSPACE: Layout = {
  name: 'pnpm workspace',
  folder: 'apps/api',
  manager: 'pnpm',
  checks: ['pnpm run build', 'pnpm test'],
  projects: ['tsconfig.json'],
  files: {
    'package.json': json({ name: 'root', private: true, packageManager: 'pnpm@12.21.0' }),
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\nallowBuilds:\n  esbuild: true\n',
    'apps/api/package.json': json({
      ...{ name: 'api', private: true, type: 'module' },
      scripts: { build: 'tsc', test: 'node dist/app.js' },
      devDependencies: { '@types/node': '^20.19.0', typescript: '^5.9.0' },
    }),
    'apps/api/tsconfig.json': json({
      compilerOptions: {
        ...STRICT,
        ...{
          module: 'NodeNext',
          types: ['node'],
          rootDir: 'src',
          outDir: 'dist',
          rewriteRelativeImportExtensions: true,
        },
      },
      include: ['src'],
    }),
    'apps/api/src/app.ts': "console.log('started')\n",
  },
}

const EMPTY: Layout = {
  name: 'empty',
  manager: 'npm',
  checks: ['npx tsc --noEmit'],
  projects: ['tsconfig.json'],
  files: {},
}

/** The eight layouts that `wsrv init` must leave green. */
export const LAYOUTS: readonly Layout[] = [EMPTY, VITE, NEXT, EXPRESS, NEST, JAVASCRIPT, WORKSPACE, COMMONJS]
