import tailwind from "@tailwindcss/vite";
import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

const server = "http://127.0.0.1:4600";

export default defineConfig({
  plugins: [solid(), tailwind()],
  server: { proxy: { "/trpc": server, "/files": server, "/sign-in": server } },
});
